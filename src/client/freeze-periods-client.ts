import type {
  FreezePeriod,
  FreezePeriodList,
  FreezePeriodRequest,
  FreezePeriodUpdate,
  FreezePreview,
  FrozenProjects,
} from '../contract/freeze-periods.ts';
import { queryText, type Requests } from './requests.ts';

/** When a project must not be deployed. */
export class FreezePeriodsClient {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  list(project: string, signal?: AbortSignal): Promise<FreezePeriodList> {
    return this.#requests.send('GET', `/api/freeze-periods${queryText({ project })}`, { signal });
  }

  /** The projects that are frozen now, of those that the caller may see. */
  frozenNow(signal?: AbortSignal): Promise<FrozenProjects> {
    return this.#requests.send('GET', '/api/freeze-periods/frozen', { signal });
  }

  /** When a period with these lines would hold, as the server reckons. */
  preview(period: FreezePeriodRequest, signal?: AbortSignal): Promise<FreezePreview> {
    return this.#requests.send('GET', `/api/freeze-periods/preview${queryText({ ...period })}`, { signal });
  }

  create(project: string, body: FreezePeriodRequest): Promise<FreezePeriod> {
    return this.#requests.send('POST', `/api/freeze-periods${queryText({ project })}`, { body });
  }

  /** What is not said stays as it is. */
  change(project: string, id: number, body: FreezePeriodUpdate): Promise<FreezePeriod> {
    return this.#requests.send('PATCH', `/api/freeze-periods/${id}${queryText({ project })}`, { body });
  }

  delete(project: string, id: number): Promise<void> {
    return this.#requests.send('DELETE', `/api/freeze-periods/${id}${queryText({ project })}`);
  }
}
