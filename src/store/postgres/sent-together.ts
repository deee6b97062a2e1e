/**
 * The answers to statements that are sent at once, in their order. Where one fails, all behind it in its transaction fail because
 * of it: thrown is what the first one says, when the database has done with all of them.
 */
export async function sentTogether<Answers extends readonly unknown[]>(
  statements: readonly [...{ [Index in keyof Answers]: PromiseLike<Answers[Index]> }],
): Promise<Answers> {
  const settled = await Promise.allSettled(statements);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  }) as unknown as Answers;
}
