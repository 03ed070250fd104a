import type { Clock } from '../../clock.ts';
import { ShiplogFault } from '../../errors.ts';
import type { SecretBox } from '../../secret-box.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { IncomingDeliveryStore } from './incoming-delivery-store.ts';
import type { IncomingSecretStore } from './incoming-secret-store.ts';
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

export interface IncomingReceiverParts {
  readonly projects: Pick<ProjectService, 'located'>;
  readonly secrets: IncomingSecretStore;
  readonly deliveries: IncomingDeliveryStore;
  readonly box: SecretBox;
  readonly clock: Clock;
  readonly onStored: () => void;
  /** Told of a secret that this server has no key for: what is signed with it is refused. */
  readonly onSealed: (error: unknown, projectId: number) => void;
}

/** Takes webhooks of other tools in: what is proven is stored as it came, and what it says is recorded afterwards. */
export class IncomingReceiver {
  readonly #parts: IncomingReceiverParts;

  constructor(parts: IncomingReceiverParts) {
    this.#parts = parts;
  }

  /**
   * Throws `signature_wrong`, which does not tell a project that is not there from one without secrets or a wrong secret,
   * and then nothing is stored. What is answered is durable.
   */
  async receive({ project: named, isProvenBy, body, ...rest }: Claimed): Promise<Receipt> {
    const { projects, secrets, deliveries, clock, onStored } = this.#parts;
    const project = named === undefined ? undefined : await projects.located(named);
    const sealed = project ? await secrets.sealed(project.id, rest.source) : [];
    // Without any secret it takes as long as with one.
    if (sealed.length === 0) isProvenBy('no secret of any project');
    if (!project || !sealed.some((each) => this.#isProven(project.id, each, isProvenBy))) throw signatureWrong();
    if (body === null) throw new ShiplogFault('body_malformed', 'The body is not UTF-8 text.');
    const { id, isNew } = await deliveries.add(project.id, { ...rest, body }, clock());
    if (isNew) onStored();
    return { id, repeated: !isNew };
  }

  #isProven(projectId: number, sealed: string, isProvenBy: Claimed['isProvenBy']): boolean {
    try {
      return isProvenBy(this.#parts.box.open(sealed));
    } catch (error) {
      if (!(error instanceof ShiplogFault && error.code === 'secret_sealed')) throw error;
      this.#parts.onSealed(error, projectId);
      return false;
    }
  }
}

function signatureWrong(): ShiplogFault {
  return new ShiplogFault(
    'signature_wrong',
    'The signature or token is missing or wrong, or the project is unknown or has no secret for such webhooks.',
  );
}
