export function buildGuard(): number;
