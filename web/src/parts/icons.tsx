// The page's few drawings, all decoration: whatever carries one has a text too.

export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
      <path d="M3 9.500 28 19.500" class="mark-rail" />
      <path d="M10.500 5.200h12l-2.400 8.600-8.300-3.300z" class="mark-hull" />
      <path
        d="M2 25c3 0 3-2.400 6-2.400s3 2.400 6 2.400 3-2.400 6-2.400 3 2.400 6 2.400 2.600-1.200 4-1.800"
        class="mark-water"
      />
    </svg>
  );
}

const outlines = {
  check: 'M4 10.500 8 14.500 16 5.500',
  arrow: 'M4 10h11M10.500 5.500 15 10l-4.500 4.500',
  back: 'M16 10H5M9.500 5.500 5 10l4.500 4.500',
  chevron: 'M6 8l4 4 4-4',
  skip: 'M5 10h10',
  dots: 'M4.500 10h.01M10 10h.01M15.500 10h.01',
  grip: 'M7.500 5.500h.01M12.500 5.500h.01M7.500 10h.01M12.500 10h.01M7.500 14.500h.01M12.500 14.500h.01',
  up: 'M5.500 12 10 7.500l4.500 4.500',
  down: 'M5.500 8 10 12.500 14.500 8',
  cross: 'M5.500 5.500l9 9M14.500 5.500l-9 9',
  lesson:
    'M10 5.500c-1.600-1.200-3.700-1.500-6.500-1.500v10.500c2.800 0 4.900.300 6.500 1.500 1.600-1.200 3.700-1.500 6.500-1.500V4c-2.800 0-4.900.300-6.500 1.500zM10 5.500V16',
  terminal: 'M4 6l4 4-4 4M10 15h6',
  search: 'M9 4.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9zM12.300 12.300 16 16',
  print: 'M6 8V3.500h8V8M6 14H3.500V8h13v6H14M6 12h8v4.500H6z',
  map: 'M3.500 5.500 8 4l4.500 1.500L17 4v10.500L12.500 16 8 14.500 3.500 16zM8 4v10.500M12.500 5.500V16',
  lock: 'M6.500 9V7a3.500 3.500 0 0 1 7 0v2M5 9h10v7H5z',
  unlock: 'M6.500 9V6.500a3.500 3.500 0 0 1 6.800-1.200M5 9h10v7H5z',
  question: 'M7.500 7.500a2.500 2.500 0 1 1 3.600 2.200c-.8.4-1.100.9-1.100 1.800M10 14.500h.01',
  restart: 'M15.500 10a5.500 5.500 0 1 1-1.700-4M14 2.500V6h-3.500',
  copy: 'M7 7V3.500h9.500V13H13M3.500 7H13v9.500H3.500z',
  people:
    'M7.500 9a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM2.500 16c0-3 2-5 5-5s5 2 5 5M13 4.300a2.300 2.300 0 0 1 0 4.400M14.500 11.500c1.900.7 3 2.300 3 4.500',
} as const;

export function Icon({ name }: { name: keyof typeof outlines }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
      <path d={outlines[name]} />
    </svg>
  );
}
