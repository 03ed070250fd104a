import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { acceptedNativeStatuses } from '../../contract/statuses.ts';
import { exitCodes } from '../exit-codes.ts';
import { CommandFailed, explainFailure, UsageError } from '../failure.ts';
import { defaultServer, type GlobalOptions, namedServer, tokenOf } from '../global-options.ts';
import { buildReport, type ReportFlags } from '../record/build-report.ts';
import { type Delivery, type DeliveryOptions, deliver, type FlushResult, flushSpool } from '../record/deliver.ts';
import { idempotencyKey, Spool, spoolFolder } from '../record/spool.ts';
import { type Environment, json, line, type Terminal } from '../terminal.ts';
import { serviceName, versionText } from '../view/event-line.ts';
import { createPaint, printable } from '../view/paint.ts';
import { statusLook } from '../view/status-look.ts';

interface RecordOptions extends GlobalOptions, ReportFlags {
  readonly timeout?: string;
  readonly spoolDir?: string;
  readonly strict?: boolean;
  readonly flush?: boolean;
}

export function configure(command: Command, terminal: Terminal): void {
  command
    .description('Report that a deployment reached a status. In a pipeline most of it is filled in from the CI tool.')
    .option('--service <name>', 'what is deployed (SHIPLOG_SERVICE; else the name of the repository)')
    .option('--environment <name>', 'where (SHIPLOG_ENVIRONMENT; else what the CI tool says)')
    .option('--status <status>', `${acceptedNativeStatuses.join(', ')}; or the word of your CI tool`)
    .option('--namespace <name>', 'group the service belongs to (SHIPLOG_NAMESPACE)')
    .option('--version <version>', 'version that is deployed')
    .option('--deployment-id <id>', 'the same for every report of one deployment')
    .option('--ref <ref>', 'branch or tag')
    .option('--sha <sha>', 'commit')
    .option('--run-url <url>', 'link to the run')
    .option('--run-number <n>', 'number of the run')
    .option('--actor <name>', 'who or what started it')
    .option('--happened-at <time>', 'when, with an offset: 2026-11-20T21:47:00Z (now)')
    .option('--parent <id>', 'deployment_id this one was promoted from; can be repeated', collect)
    .option('--timeout <seconds>', 'how long to try (SHIPLOG_TIMEOUT; else 10)')
    .option(
      '--spool-dir <folder>',
      'where reports wait that could not be sent (SHIPLOG_SPOOL_DIR; else ~/.local/state/shiplog/spool)',
    )
    .option('--strict', 'fail where the report is not recorded now')
    .option('--flush', 'only send what waits')
    .addHelpText('after', help)
    .action(() => recordGently(command.optsWithGlobals<RecordOptions>(), terminal));
}

const help = `
It never breaks a pipeline: where the server cannot be reached the report is kept on disk and sent by the next
\`shiplog record\`; where the server refuses it, that is said on standard error. Both exit with 0 unless --strict.
A wrong option exits with 2.

Knows GitHub Actions, GitLab CI, Azure DevOps, Jenkins, CircleCI, Bitbucket Pipelines, Drone and Buildkite.

Examples:
  $ shiplog record --service checkout --environment production --status in-progress
  $ shiplog record --service checkout --environment production --status success --version 1.8.2
  $ shiplog record --environment staging --status "$CI_JOB_STATUS"        in GitLab's after_script
  $ shiplog record --flush                                                send what waits`;

/** Whatever happens, a full disk included, a deployment does not fail because it could not be told of. */
async function recordGently(options: RecordOptions, terminal: Terminal): Promise<void> {
  const warn = (message: string) =>
    line(terminal.err, `${createPaint(terminal.err.colour)('yellow', 'Warning:')} ${message}`);
  try {
    await record(options, terminal, warn);
  } catch (error) {
    if (options.strict || error instanceof UsageError) throw error;
    warn(explainFailure(error).message);
  }
}

async function record(options: RecordOptions, terminal: Terminal, warn: (message: string) => void): Promise<void> {
  const server = namedServer(options, terminal.environment) ?? defaultServer;
  const spool = new Spool(spoolFolder(options.spoolDir, terminal.environment), terminal.now);
  const delivery: DeliveryOptions = {
    server,
    token: tokenOf(options, terminal.environment),
    spool,
    warn,
    retry: {
      deadlineAt: terminal.now() + patienceMs(options.timeout, terminal.environment),
      now: terminal.now,
      random: terminal.random,
      pause: pauseMs,
    },
  };
  if (options.flush) return flushOnly(await flushSpool(delivery), options, terminal);

  const { report, tool } = buildReport(options, {
    environment: terminal.environment,
    now: terminal.now(),
    newDeploymentId: () => `cli-${randomUUID()}`,
  });
  const progressReporter = tool ? `shiplog-cli/${tool.name}` : 'shiplog-cli';
  const entry = { server, idempotencyKey: idempotencyKey(report), progressReporter, report };
  const flushed = await flushSpool(delivery);
  if (flushed.sent > 0) warn(`Sent ${reports(flushed.sent)} kept earlier.`);
  // What is older and did not get through goes first next time too.
  const result: Delivery =
    flushed.stoppedBy && explainFailure(flushed.stoppedBy).exitCode === exitCodes.unreachable
      ? { outcome: 'spooled', path: await spool.add(entry), error: flushed.stoppedBy }
      : await deliver(entry, delivery);
  tell(result, options, terminal);
}

function tell(result: Delivery, options: RecordOptions, terminal: Terminal): void {
  if (result.outcome === 'recorded') {
    const { event } = result;
    if (options.json) return json(terminal.out, { outcome: 'recorded', event });
    const look = statusLook(event.status);
    const mark = createPaint(terminal.out.colour)(look.tone, `${look.icon} ${look.word}`);
    const version = event.version ? ` ${versionText(event)}` : '';
    const where = `${serviceName(event)}${version} in ${printable(event.environment)}`;
    return line(terminal.out, `Recorded ${mark}: ${where} (deployment ${printable(event.deployment_id)})`);
  }
  const { message, exitCode } = explainFailure(result.error);
  if (options.json)
    json(terminal.out, {
      outcome: result.outcome,
      ...(result.outcome === 'spooled' ? { path: result.path } : {}),
      message,
    });
  const told =
    result.outcome === 'spooled'
      ? `${message}\nThe report is kept in ${result.path}; the next \`shiplog record\` sends it.`
      : `The report was not recorded. ${message}`;
  throw new CommandFailed(told, exitCode, { cause: result.error });
}

function flushOnly(
  { sent, waiting, elsewhere, stoppedBy }: FlushResult,
  options: RecordOptions,
  terminal: Terminal,
): void {
  if (options.json) json(terminal.out, { outcome: 'flushed', sent, waiting, elsewhere });
  else
    line(
      terminal.out,
      `Sent ${reports(sent)}; ${waiting} left to send${elsewhere ? `, ${elsewhere} for other servers` : ''}.`,
    );
  if (stoppedBy) {
    const { message, exitCode } = explainFailure(stoppedBy);
    throw new CommandFailed(message, exitCode, { cause: stoppedBy });
  }
}

function reports(count: number): string {
  return count === 1 ? '1 report' : `${count} reports`;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function patienceMs(given: string | undefined, environment: Environment): number {
  const [source, text] = given ? ['--timeout', given] : ['SHIPLOG_TIMEOUT', environment['SHIPLOG_TIMEOUT'] || '10'];
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > 0 && seconds <= 3600) return seconds * 1000;
  throw new UsageError(`${source}: expected seconds from 0.1 to 3600, not "${text}"`);
}

async function pauseMs(ms: number): Promise<void> {
  await pause(ms);
}
