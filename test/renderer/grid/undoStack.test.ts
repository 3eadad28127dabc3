import { describe, expect, it } from 'vitest';
import { createUndoStack } from '../../../renderer/grid/undoStack.ts';

describe('createUndoStack', () => {
  it('goes back and forth', () => {
    const stack = createUndoStack();
    stack.push(1);
    stack.push(2);
    expect(stack.latest()).toBe(2);
    stack.undone(2, 3);
    expect(stack.latest()).toBe(1);
    expect(stack.latestUndone()).toBe(3);
    stack.redone(3, 4);
    expect(stack.latest()).toBe(4);
    expect(stack.latestUndone()).toBeNull();
  });

  it('has no way forward after a new action', () => {
    const stack = createUndoStack();
    stack.push(1);
    stack.undone(1, 2);
    stack.push(5);
    expect(stack.latestUndone()).toBeNull();
    expect(stack.latest()).toBe(5);
  });

  it('undoes one from the middle, forgets, and keeps the newest only', () => {
    const stack = createUndoStack(2);
    for (const id of [1, 2, 3]) stack.push(id);
    stack.undone(2, null);
    expect(stack.latest()).toBe(3);
    stack.forget(3);
    expect(stack.latest()).toBeNull();
  });
});
