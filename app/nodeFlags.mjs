/**
 * How Node runs the engine: a small young generation, because V8's default costs tens of megabytes that
 * a program which holds its data in typed arrays has no use for.
 */
export const NODE_FLAGS = ['--max-semi-space-size=8'];
