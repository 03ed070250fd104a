import { processTerminal } from './process-terminal.ts';
import { runProgram } from './program.ts';

const args = process.argv.slice(2);
const environment = args.includes('--no-color') ? { ...process.env, NO_COLOR: '1' } : process.env;

// The code is set, not exited with: what is still on its way to a pipe must arrive.
process.exitCode = await runProgram(args, processTerminal(environment));
// After a failure there may be a connection left that never came to be, as pg leaves one where the password is missing.
if (process.exitCode !== 0) setTimeout(() => process.exit(), 1000).unref();
