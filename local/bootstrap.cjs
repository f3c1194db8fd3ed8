'use strict';

// Runs before `npm start` and `npm test`, on whatever Node is there: installs what is missing. Written for old ones, so
// that they can say that they are too old. Named a folder, it installs that one's packages.

const fs = require('fs');
const path = require('path');
const spawnSync = require('child_process').spawnSync;

const OLDEST = 20;
const root = path.join(__dirname, '..');
const folder = path.resolve(root, process.argv[2] || '.');

function main() {
  // npm's own Node counts: ours, once installed, comes first on the path of npm's scripts.
  const version = versionOf(process.env.npm_node_execpath) || process.version;
  if (parseInt(version.slice(1), 10) < OLDEST) {
    return fail(`Footfall needs Node ${OLDEST} or newer to start; this is ${version}.`);
  }
  if (installed()) return;
  console.log('Installing what is missing (npm ci). The first time this takes a minute.');
  const npm = npmCommand();
  const args = npm.args.concat(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  const result = spawnSync(npm.file, args, { cwd: folder, stdio: 'inherit' });
  if (result.error) return fail(`npm could not be run: ${result.error.message}`);
  if (result.status !== 0) return fail('npm ci failed; what it said stands above.');
  if (!versionOf(path.join(root, 'node_modules/.bin/node'))) {
    return fail(
      'npm ci left out the Node that Footfall runs on: allow install scripts (npm config get ignore-scripts).',
    );
  }
}

/** Whether node_modules holds what the lock file says; what is optional may be absent. */
function installed() {
  const wanted = readJson('package-lock.json');
  const present = readJson('node_modules/.package-lock.json');
  if (!wanted || !present || !fs.existsSync(path.join(root, 'node_modules/.bin/node'))) return false;
  return Object.keys(wanted.packages).every((name) => {
    if (name === '') return true;
    const want = wanted.packages[name];
    const has = present.packages[name];
    return has ? has.version === want.version : Boolean(want.optional || want.devOptional);
  });
}

function readJson(name) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  } catch (_error) {
    return null;
  }
}

/** The npm that runs this script, by the Node that it runs on: the one in node_modules is about to be replaced. */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.js$/.test(script)) {
    return { file: process.env.npm_node_execpath || process.execPath, args: [script] };
  }
  return { file: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

function versionOf(node) {
  if (!node) return null;
  const result = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : null;
}

function fail(line) {
  console.error(line);
  process.exit(1);
}

main();
