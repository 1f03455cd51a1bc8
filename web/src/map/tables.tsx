// The same map as tables.

import type { ComponentChildren } from 'preact';
import { decimalBytes } from '../amounts.ts';
import { texts } from '../texts.ts';
import { loginText, portText } from './items.ts';
import type { MapLayout, RegistryView } from './layout.ts';
import { familiar, shortDigest } from './names.ts';

const { facts, tables } = texts.map;

export function Tables({ layout }: { layout: MapLayout }) {
  const images = layout.images.flatMap(({ cards }) => cards).filter(({ isGhost }) => !isGhost);
  const registries = [...layout.registries, ...(layout.hub ? [layout.hub] : [])];
  return (
    <div class="map-tables">
      <Table caption={tables.images} heads={[tables.names, facts.imageId, facts.size, facts.layers]}>
        {images.map(({ key, image, layers }) => (
          <tr key={key}>
            <th scope="row">{image.tags.join(', ') || texts.map.nameless}</th>
            <td class="map-mono">{shortDigest(image.id)}</td>
            <td>{decimalBytes(image.bytes)}</td>
            <td class="map-mono">{layers.map(({ diffId }) => shortDigest(diffId ?? '')).join(' ')}</td>
          </tr>
        ))}
      </Table>
      <Table caption={tables.containers} heads={[tables.name, facts.image, tables.state, tables.ports]}>
        {images.flatMap(({ containers }) =>
          containers.map(({ id, name, image, state, ports }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td>{image}</td>
              <td>{state}</td>
              <td>{ports.map((one) => portText(one)).join(', ')}</td>
            </tr>
          )),
        )}
      </Table>
      {registries.map((registry) => (
        <RegistryTable key={registry.registry.host} view={registry} />
      ))}
    </div>
  );
}

function RegistryTable({ view: { registry, groups } }: { view: RegistryView }) {
  const { host, state } = registry;
  const name = host === 'docker.io' ? texts.map.hub : texts.map.registry({ host });
  const caption = tables.registry({ host: name });
  const login = loginText(registry);
  const about = [login, state === 'up' ? null : texts.map.registryStates[state]].filter(Boolean).join('; ');
  return (
    <Table
      caption={about ? `${caption} (${about})` : caption}
      heads={[tables.repository, facts.tags, facts.digest, facts.config, facts.layers, facts.platforms]}
    >
      {groups.flatMap((group) =>
        group.cards
          .filter(({ isGhost }) => !isGhost)
          .map(({ key, manifest, labels, layers }) => (
            <tr key={key} data-state={manifest.state}>
              <th scope="row">{familiar(host, group.name)}</th>
              <td>
                {labels.map(({ text }) => text).join(', ') ||
                  (manifest.state === 'deleted' ? texts.map.deleted : texts.map.noTag)}
              </td>
              <td class="map-mono">{shortDigest(manifest.digest)}</td>
              <td class="map-mono">{manifest.config ? shortDigest(manifest.config.digest) : ''}</td>
              <td class="map-mono">
                {layers
                  .filter(({ isServed }) => isServed)
                  .map(({ digest }) => shortDigest(digest ?? ''))
                  .join(' ')}
              </td>
              <td>{manifest.platforms.map(({ platform }) => platform).join(', ')}</td>
            </tr>
          )),
      )}
    </Table>
  );
}

function Table({ caption, heads, children }: { caption: string; heads: string[]; children: ComponentChildren }) {
  const isEmpty = Array.isArray(children) ? children.length === 0 : !children;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section class="map-table" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody translate={false}>
          {isEmpty ? (
            <tr>
              <td colSpan={heads.length} class="map-soft">
                {tables.none}
              </td>
            </tr>
          ) : (
            children
          )}
        </tbody>
      </table>
    </section>
  );
}
