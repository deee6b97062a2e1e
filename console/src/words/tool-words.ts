export const toolWords = {
  copyLink: 'Copy link',
  copied: 'Copied.',
  showQuery: 'Show query',
};
