/** How Node runs the engine. */
export const NODE_FLAGS: readonly string[];
