/** Milliseconds since 1970, UTC. The only reader of the system clock; everything else is handed a Clock. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
