export function buildConsole(): number;
