export function buildApp(folder: string): number;
