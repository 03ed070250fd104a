import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeploymentReport } from '../../contract/deployment-event.ts';
import { toolOf } from './catalogue.ts';
import { ChangePlanner } from './change-plan.ts';
import { isDescribed } from './change-titles.ts';
import { runGit } from './fast-import.ts';
import { folderOf } from './land-change.ts';
import { Random } from './random.ts';
import { type ReleasedCommit, TeamRepository } from './team-repository.ts';

interface Project {
  readonly service: string;
  readonly planner: ChangePlanner;
  readonly repository: TeamRepository;
}

export interface RepositoryOptions {
  /** Where the repositories are made. */
  readonly folder: string;
  readonly seed: string;
  /** The moment the history leads up to, in epoch milliseconds. */
  readonly now: number;
  readonly path: string | undefined;
  /** Ends git, and so whatever is being made. */
  readonly signal: AbortSignal;
}

/** The git repositories of the demo: one for each team, with the changes that its services were released with. */
export class DemoRepositories {
  readonly #projects: ReadonlyMap<string, Project>;
  /** By the sha that the made-up reports give. */
  readonly #versions: Map<string, ReleasedCommit>;

  private constructor(projects: ReadonlyMap<string, Project>, versions: Map<string, ReleasedCommit>) {
    this.#projects = projects;
    this.#versions = versions;
  }

  /**
   * Makes the history of the services that reports tell of, as far as it is known what they do. Throws without git,
   * and where it is ended early: then nothing writes to the folder any more.
   */
  static async make(reports: readonly DeploymentReport[], options: RepositoryOptions): Promise<DemoRepositories> {
    const { folder, seed, now, path, signal } = options;
    const environment = { PATH: path, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
    const git = { environment, signal };
    const projects = new Map<string, Project>();
    const versions = new Map<string, ReleasedCommit>();
    const make = async ([namespace, services]: readonly [string, Services]) => {
      const place = join(folder, `${toolOf(namespace)}.example.com`, namespace, 'services.git');
      await mkdir(place, { recursive: true });
      await runGit(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', place], git);
      const random = new Random(`${seed} repository ${namespace}`);
      const repository = new TeamRepository(namespace, place, git, random);
      const changes = [...services].flatMap(([service, told]) => {
        const planner = new ChangePlanner(namespace, service, seed);
        projects.set(`${namespace}/${service}`, { service, planner, repository });
        return planner.history(told, now);
      });
      for (const [standIn, commit] of await repository.land(changes)) versions.set(standIn, commit);
    };
    const ends = await Promise.allSettled([...byTeam(reports)].map(make));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return new DemoRepositories(projects, versions);
  }

  /** Paths of projects, each with where its commits are. */
  get connections(): readonly { readonly project: string; readonly url: string; readonly path: string }[] {
    return [...this.#projects].map(([project, { service, repository }]) => ({
      project,
      url: repository.path,
      path: folderOf(service),
    }));
  }

  /** The report with the commit of its version, in the place of the one that was made up. */
  told(report: DeploymentReport): DeploymentReport {
    const version = report.sha && this.#versions.get(report.sha);
    return version ? { ...report, ...version } : report;
  }

  /** The same for what happens now: a new version gets the commits that wait for one, and others are merged after it. */
  async happening(report: DeploymentReport, now: number): Promise<DeploymentReport> {
    const project = this.#projects.get(`${report.namespace}/${report.service}`);
    if (!project || !report.sha || this.#versions.has(report.sha)) return this.told(report);
    const { service, planner, repository } = project;
    const version = repository.releaseNewest(service);
    if (version) this.#versions.set(report.sha, version);
    await repository.land(planner.unreleased(now));
    return this.told(report);
  }
}

type Services = ReadonlyMap<string, readonly DeploymentReport[]>;

function byTeam(reports: readonly DeploymentReport[]): ReadonlyMap<string, Services> {
  const teams = new Map<string, Map<string, DeploymentReport[]>>();
  for (const report of reports) {
    const { namespace = '', service } = report;
    if (!isDescribed(service)) continue;
    const services = teams.get(namespace) ?? new Map<string, DeploymentReport[]>();
    teams.set(namespace, services);
    const told = services.get(service) ?? [];
    services.set(service, told);
    told.push(report);
  }
  return teams;
}
