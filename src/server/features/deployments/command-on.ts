import type { AppendCommand } from '../../log/append-request.ts';
import { completeDetails, type Details } from '../../log/event.ts';
import { placeKey } from '../../log/places.ts';
import type { Principal } from '../../principal.ts';
import type { Project } from '../projects/project-types.ts';

/** What a command says of a deployment; the rest stands for itself. */
type Said = Pick<AppendCommand, 'status' | 'word' | 'dialect' | 'happenedAt' | 'deploymentId'> &
  Partial<Pick<AppendCommand, 'clockSkew' | 'flags' | 'extra'>> & {
    readonly by: CommandAuthor;
    readonly details?: Partial<Details>;
  };

/** Whose command it is. */
export type CommandAuthor = Pick<Principal, 'userId' | 'name'>;

/** A command about an environment, written out: spreading takes longer than all the rest that is done for it. */
export function commandOn(
  { id, namespace, service }: Pick<Project, 'id' | 'namespace' | 'service'>,
  environment: string,
  said: Said,
): AppendCommand {
  return {
    lane: placeKey({ namespace, service, environment }),
    namespace,
    service,
    environment,
    key: null,
    status: said.status,
    word: said.word,
    dialect: said.dialect,
    happenedAt: said.happenedAt,
    clockSkew: said.clockSkew ?? false,
    reporter: null,
    userId: said.by.userId,
    callerName: said.by.name,
    flags: said.flags ?? [],
    act: 'report',
    projectId: id,
    deploymentId: said.deploymentId,
    details: completeDetails(said.details ?? {}),
    extra: said.extra,
  };
}
