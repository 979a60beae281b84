/** A gateway has to use so much of its core for its requests per second to say something about it. */
export const BUSY_ENOUGH = 0.95;
