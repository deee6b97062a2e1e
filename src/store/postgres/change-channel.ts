/** The channel on which a write says that it was committed. */
export const changeChannel = 'postern';
