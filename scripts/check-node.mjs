// Plain JavaScript on purpose: it must run on the Node that the host has, before ours is found.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 26) {
  console.error(
    `Plaza runs on the Node 26 that comes with it, but this is Node ${major}.${minor} ` +
      `(${process.platform}-${process.arch}). Run "npm ci" without --omit=optional` +
      ', or install Node 26 on this machine.',
  );
  process.exit(1);
}
