/** What went wrong with a repository. `message` is for people: it holds no secret, and no address of ours. */
export class GitFailure extends Error {
  /** What git itself said, for the log of the server. */
  readonly said: string;
  /** Ended because the server ends: nothing is wrong with the repository. */
  readonly isStopping: boolean;
  /** The copy here is of no use any more: it is damaged, or too large. */
  readonly dropsCopy: boolean;
  /** Trying again sooner is of no use. */
  readonly waitMs: number;

  constructor(
    message: string,
    {
      cause,
      said = '',
      isStopping = false,
      dropsCopy = false,
      waitMs = 0,
    }: {
      readonly cause?: unknown;
      readonly said?: string;
      readonly isStopping?: boolean;
      readonly dropsCopy?: boolean;
      readonly waitMs?: number;
    } = {},
  ) {
    super(message, { cause });
    this.name = 'GitFailure';
    this.said = said;
    this.isStopping = isStopping;
    this.dropsCopy = dropsCopy;
    this.waitMs = waitMs;
  }

  /** By what git wrote, in words of ours: its own may repeat what a remote sent. */
  static of(said: string): GitFailure {
    const known = reasons.find(([pattern]) => pattern.test(said));
    const isDamage = damage.test(said);
    const message = isDamage ? 'The copy on this server was damaged. It is made anew.' : known?.[1];
    return new GitFailure(message ?? 'git could not read the repository. The log of the server says more.', {
      said: said.slice(0, 2000),
      dropsCopy: isDamage,
    });
  }
}

export function gitMissing(cause?: unknown): GitFailure {
  return new GitFailure('The program git is not on this server, so no repository can be read.', { cause });
}

export function outdatedGit(version: string): GitFailure {
  return new GitFailure(`The server has git ${version}; 2.37 or newer is needed.`);
}

export function tookTooLong(limitMs: number): GitFailure {
  return new GitFailure(`It took longer than ${Math.ceil(limitMs / 1000)} seconds.`);
}

/** A kill may leave locks, a full disk half of a file. */
const damage =
  /\.lock': File exists|object file .* is empty|is corrupt|corrupt(?:ed)? (?:loose|object|pack)|bad object refs\/|invalid index-pack|packfile .* (?:cannot be|does not match|is far too)|bad config|not a git repository: '\.'/i;

/** Of git 2.37 to 2.50 and OpenSSH, in the language C. The first that fits counts. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/No space left on device/, 'The disk of the server is full.'],
  [
    /unable to update url base from redirection|requested URL returned error: 30\d/i,
    'The remote leads elsewhere; redirects are not followed. Name the URL that it leads to.',
  ],
  [
    /could not read (?:Username|Password)|Authentication failed|requested URL returned error: (?:401|403)|Permission denied \((?:publickey|.*password)/i,
    'The remote refused the credentials.',
  ],
  [
    /Host key verification failed|HOST IDENTIFICATION HAS CHANGED/,
    'The key of the host is not the one that it had. Remove the repository and connect it anew if that is right.',
  ],
  [
    /Load key .*: |invalid format|error in libcrypto/i,
    'The private key cannot be used: it must be one without a passphrase, as OpenSSH writes it.',
  ],
  [/dubious ownership/, 'The folder belongs to another user of the machine than the server runs as.'],
  [/SSL|certificate|TLS/, 'The secure connection failed.'],
  [/Could not resolve host|Temporary failure in name resolution/i, 'The name of the host was not found.'],
  [/timed out|Operation too slow|Timeout/i, 'The remote did not answer in time.'],
  [
    /Connection refused|Couldn't connect|Failed to connect|No route to host|unreachable/i,
    'The host cannot be reached.',
  ],
  [
    /requested URL returned error: 404|Repository not found|does not (?:appear to be a git repository|exist)|not found$/im,
    'The remote has no such repository, or does not show it to these credentials.',
  ],
  [/requested URL returned error: 5\d\d/, 'The remote failed to answer.'],
  [
    /not valid: is this a git repository|protocol error|bad line length|unexpected disconnect|early EOF|hung up/i,
    'The remote did not answer as a git repository does.',
  ],
  [/ssh: (?:not found|No such file)|cannot run ssh|exec .*ssh/i, 'The program ssh is not on this server.'],
];
