// The borders between the folders, each with its reason.

const layers = [
  'errors|few-at-a-time|json|pace|reference|tally|version',
  'engine|registry|store',
  'hub|images|checks|lessons|sandboxes',
  'terminal|map',
  'sessions',
  'classes',
  'http',
];

/** Whatever stands lower may not import what stands higher. */
const upward = layers.slice(0, -1).map((low, index) => ({
  name: `nothing-upward-from-${low.replaceAll('|', '-')}`,
  comment:
    'Direction: main → http → classes → sessions → terminal, map → sandboxes, hub, checks, lessons → engine, registry, store → reference, errors.',
  severity: 'error',
  from: { path: `^server/(${low})(/|\\.ts$)`, pathNot: '\\.test\\.ts$' },
  to: { path: `^server/(${layers.slice(index + 1).join('|')})/`, dependencyTypesNot: ['type-only'] },
}));

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no lower part to understand first.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...upward,
    {
      name: 'web-without-server',
      comment: 'The page speaks to the server by protocol/ only.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(server|tests)/' },
    },
    {
      name: 'protocol-imports-zod-only',
      comment: 'Both sides import it.',
      severity: 'error',
      from: { path: '^protocol/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^protocol/', '^node_modules/zod/'] },
    },
    {
      name: 'dockerode-in-engine-only',
      comment: 'One folder talks to Docker.',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/engine/' },
      to: { path: '^node_modules/dockerode/' },
    },
    {
      name: 'map-knows-the-world-only',
      comment:
        'It draws what engine, registries and files hold; lessons, checks and terminals are told to it as options.',
      severity: 'error',
      from: { path: '^server/map/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^server/',
        pathNot: '^server/(map|engine|registry|sandboxes)/|^server/(errors|few-at-a-time|json|reference|dial)\\.ts$',
      },
    },
    {
      name: 'settings-are-handed-down',
      comment: 'A part takes what it needs as options, so that a test can make it without an environment.',
      severity: 'error',
      from: { path: '^server/[^/]+/', pathNot: '^server/cli/' },
      to: { path: '^server/config\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-main',
      comment: 'It runs when it is imported.',
      severity: 'error',
      from: {},
      to: { path: '^server/(main\\.ts|cli/)' },
    },
    {
      name: 'launcher-alone',
      comment: 'It runs before packages are there, on an old Node.js.',
      severity: 'error',
      from: { path: '^launcher/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^launcher/', dependencyTypesNot: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
