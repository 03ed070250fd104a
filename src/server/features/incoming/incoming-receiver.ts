import { limits } from '../../../contract/limits.ts';
import type { Clock } from '../../clock.ts';
import { ShiplogFault } from '../../errors.ts';
import type { SecretBox } from '../../secret-box.ts';
import type { IncomingDeliveryStore } from './incoming-delivery-store.ts';
import type { IncomingSecretStore, SealedSecret } from './incoming-secret-store.ts';
import type { Arrival } from './incoming-types.ts';

/** A webhook before anybody knows who sent it. */
export interface Claimed extends Omit<Arrival, 'body'> {
  /** The project it says it is about, by path or number: its secret must prove it. */
  readonly project: string | undefined;
  /** null: it is no text that can be stored. */
  readonly body: string | null;
  /** Whether who sent it has this secret. Takes as long for a wrong secret as for a right one. */
  readonly isProvenBy: (secret: string) => boolean;
}

export interface Receipt {
  readonly id: number;
  /** It came before, and nothing changed. */
  readonly repeated: boolean;
}

/** Takes webhooks of other tools in: what is proven is stored as it came, and what it says is recorded afterwards. */
export class IncomingReceiver {
  readonly #secrets: IncomingSecretStore;
  readonly #deliveries: IncomingDeliveryStore;
  readonly #box: SecretBox;
  readonly #clock: Clock;
  readonly #onStored: () => void;

  constructor(
    secrets: IncomingSecretStore,
    deliveries: IncomingDeliveryStore,
    box: SecretBox,
    clock: Clock,
    onStored: () => void,
  ) {
    this.#secrets = secrets;
    this.#deliveries = deliveries;
    this.#box = box;
    this.#clock = clock;
    this.#onStored = onStored;
  }

  /**
   * Throws `signature_wrong`, which does not tell a project that is not there from one without secrets or a wrong secret,
   * and then nothing is stored. What is answered is durable.
   */
  async receive({ project, isProvenBy, body, ...rest }: Claimed): Promise<Receipt> {
    const secrets = isName(project) ? await this.#secrets.ofNamed(rest.source, project) : [];
    const projectId = this.#prover(secrets, isProvenBy);
    if (projectId === undefined) throw signatureWrong();
    if (body === null) throw new ShiplogFault('body_malformed', 'The body is not UTF-8 text.');
    const { id, isNew } = await this.#deliveries.add(projectId, { ...rest, body }, this.#clock());
    if (isNew) this.#onStored();
    return { id, repeated: !isNew };
  }

  /** The project whose secret proves it. */
  #prover(secrets: readonly SealedSecret[], isProvenBy: (secret: string) => boolean): number | undefined {
    // Without any secret it takes as long as with one.
    if (secrets.length === 0) isProvenBy('no secret of any project');
    return secrets.find(({ sealedSecret }) => isProvenBy(this.#box.open(sealedSecret)))?.projectId;
  }
}

/** Databases refuse what else a sender may call a project. */
function isName(project: string | undefined): project is string {
  if (project === undefined || project.length > limits.namespace + limits.service + 1) return false;
  return !project.includes('\0') && project.isWellFormed();
}

function signatureWrong(): ShiplogFault {
  return new ShiplogFault(
    'signature_wrong',
    'The signature or token is missing or wrong, or the project is unknown or has no secret for such webhooks.',
  );
}
