package org.wengert;

import java.util.Arrays;

/// The gradients on their way: for each node that a sweep has reached but not yet taken, the sum so
/// far. A heap of node numbers gives the youngest node, a table with open addressing its gradient.
///
/// A node leaves both when it is taken, so that memory is what the sweep's front needs.
final class Pending {
  private static final Variable NONE = Variable.constant(0); // what an empty slot holds

  private long[] heap = new long[32];
  private int size;

  private long[] numbers = new long[64];
  private Variable[] nodes = empty(64);
  private Variable[] gradients = empty(64);
  private Variable taken = NONE;

  boolean isEmpty() {
    return size == 0;
  }

  /// The slot of a node's gradient, or negative if none is pending.
  int find(Variable node) {
    long number = number(node);
    int slot = slot(number);
    return numbers[slot] == number ? slot : -1;
  }

  Variable gradient(int slot) {
    return gradients[slot];
  }

  void replace(int slot, Variable gradient) {
    gradients[slot] = gradient;
  }

  /// Adds a node that is not pending yet.
  void insert(Variable node, Variable gradient) {
    if ((size + 1) * 2 > numbers.length) {
      grow();
    }
    long number = number(node);
    int slot = slot(number);
    numbers[slot] = number;
    nodes[slot] = node;
    replace(slot, gradient);
    push(number);
  }

  /// Removes the youngest pending node and gives it; [#takenGradient] is then its gradient.
  Variable takeLast() {
    int slot = slot(pop());
    Variable node = nodes[slot];
    taken = gradients[slot];
    remove(slot);
    return node;
  }

  Variable takenGradient() {
    return taken;
  }

  private static Variable[] empty(int length) {
    Variable[] slots = new Variable[length];
    Arrays.fill(slots, NONE);
    return slots;
  }

  private static long number(Variable x) {
    return switch (x) {
      case Step step -> step.number();
      case Leaf leaf -> leaf.number();
      case Constant c -> throw new IllegalStateException("a constant has no gradient: " + c);
    };
  }

  static int hash(long number) {
    return (int) (number * 0x9E3779B97F4A7C15L >>> 32);
  }

  private int slot(long number) {
    int mask = numbers.length - 1;
    int slot = hash(number) & mask;
    while (numbers[slot] != 0 && numbers[slot] != number) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /// Empties a slot and moves later entries of its run up, so that they are still found.
  private void remove(int slot) {
    int mask = numbers.length - 1;
    int hole = slot;
    int next = hole + 1 & mask;
    while (numbers[next] != 0) {
      int home = hash(numbers[next]) & mask;
      if ((next - home & mask) >= (next - hole & mask)) {
        move(next, hole);
        hole = next;
      }
      next = next + 1 & mask;
    }
    numbers[hole] = 0;
    nodes[hole] = NONE;
    gradients[hole] = NONE;
  }

  private void move(int from, int to) {
    numbers[to] = numbers[from];
    nodes[to] = nodes[from];
    replace(to, gradients[from]);
  }

  private void grow() {
    long[] oldNumbers = numbers;
    Variable[] oldNodes = nodes;
    Variable[] oldGradients = gradients;
    numbers = new long[2 * oldNumbers.length];
    nodes = empty(numbers.length);
    gradients = empty(numbers.length);
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldNumbers[i] != 0) {
        int slot = slot(oldNumbers[i]);
        numbers[slot] = oldNumbers[i];
        nodes[slot] = oldNodes[i];
        replace(slot, oldGradients[i]);
      }
    }
  }

  private void push(long number) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    int at = size++;
    while (at > 0 && heap[at - 1 >> 1] < number) {
      heap[at] = heap[at - 1 >> 1];
      at = at - 1 >> 1;
    }
    heap[at] = number;
  }

  private long pop() {
    long top = heap[0];
    long last = heap[--size];
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= last) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
