import packageInfo from '../package.json' with { type: 'json' };

export const VERSION = packageInfo.version;
