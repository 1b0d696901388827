/** The first day on which a change may begin, by the clock of China. */
export const tomorrow = () => new Date(Date.now() + (8 + 24) * 3_600_000).toISOString().slice(0, 10);
