/** A tab's end of the shared stream, whichever way it is shared. */
export interface StreamLink {
  /** Asks for the present state, as after a page comes back from the browser's cache. */
  greet(): void;
  /** Connects anew, as after signing in. */
  restart(): void;
  /** The tab goes away. */
  leave(): void;
}
