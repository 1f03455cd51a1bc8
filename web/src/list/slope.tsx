// The drawing of the welcome: a hull with crates on the slipway, above the waterline. Decoration.

export function Slope() {
  return (
    <svg class="slope" viewBox="0 0 420 190" aria-hidden="true">
      <g class="slope-rail">
        <path d="M8 34 330 150" />
        <path d="M52 50v34M118 74v34M184 97v34M250 121v30" />
      </g>
      <g class="slope-hull" transform="translate(92 8) rotate(19.800)">
        <path d="M0 36h132l-16 30H22z" class="slope-body" />
        <path d="M26 16h24v18H26zM54 16h24v18H54zM82 16h24v18H82zM40-6h24v18H40z" class="slope-crates" />
      </g>
      <g class="slope-water">
        <path d="M216 152c12 0 12-8 24-8s12 8 24 8 12-8 24-8 12 8 24 8 12-8 24-8 12 8 24 8 12-8 24-8 12 8 24 8 10-4 12-5" />
        <path d="M262 170c12 0 12-7 24-7s12 7 24 7 12-7 24-7 12 7 24 7 12-7 24-7 10 4 12 5" />
        <path d="M318 186c12 0 12-6 24-6s12 6 24 6 12-6 24-6" />
      </g>
    </svg>
  );
}
