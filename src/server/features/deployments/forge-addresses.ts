import type { Principal } from '../../principal.ts';
import type { ChangeService } from '../changes/change-service.ts';
import type { RepositoryService } from '../repositories/repository-service.ts';
import { addressOfChange, addressOfRepository, type ForgeAddress, isPublic } from './compare-url.ts';

/** Where the forges of projects show their repositories, as far as a reader may know it. */
export class ForgeAddresses {
  readonly #repositories: RepositoryService;
  readonly #changes: ChangeService;

  constructor(repositories: RepositoryService, changes: ChangeService) {
    this.#repositories = repositories;
    this.#changes = changes;
  }

  /**
   * By the repository, and where the reader may not know that, by a change, which each reader is told the address of. Where
   * a repository is may tell of a private network, so only who may change it is told; but kind and name of its forge are no
   * secret, so neither is its page at a host of everybody. Throws `not_found` for a project that is not there.
   */
  async of(principal: Principal, projectId: number): Promise<ForgeAddress | undefined> {
    const { repository, mayChange } = await this.#repositories.get(principal, String(projectId));
    const address = repository && addressOfRepository(repository);
    if (address && (mayChange || (repository.forge && isPublic(address)))) return address;
    const changeUrl = await this.#changes.latestWebUrl(projectId);
    return changeUrl === undefined ? undefined : addressOfChange(changeUrl);
  }
}
