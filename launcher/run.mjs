// Starts a TypeScript entry of this project on any Node.js from 18 on: `node launcher/run.mjs <entry.ts> [args…]`.

// Old versions of Node.js must be able to read this file to print the message: no newer syntax, nothing imported statically.
var major = Number(process.versions.node.split('.')[0]);
if (major < 18) {
  process.stderr.write(
    'Slipway needs Node.js 18 or newer to start; this is ' +
      process.versions.node +
      '.\nInstall a newer Node.js (on Debian 12 and later: apt-get install nodejs npm), then start again.\n',
  );
  process.exit(1);
}

import('./start.mjs').then((start) => start.main(process.argv.slice(2)));
