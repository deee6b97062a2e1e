/** Above what the server says itself. */
export const problemWords = {
  forbidden: 'Not yours to ask',
  unavailable: 'Cannot be answered now',
  wrong: 'The question is not right',
  again: 'Ask again',
};
