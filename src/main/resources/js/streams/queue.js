// A first-in first-out queue that sums up the sizes of what it holds: https://streams.spec.whatwg.org/#queue-with-sizes.

export class Queue {
  length = 0;
  size = 0;
  #first = undefined;
  #last = undefined;

  add(value, size = 0) {
    const link = { value, size, next: undefined };
    if (this.length++ === 0) this.#first = link;
    else this.#last.next = link;
    this.#last = link;
    this.size += size;
  }

  peek() {
    return this.#first.value;
  }

  take() {
    const first = this.#first, { value, size } = first;
    this.#first = first.next;
    // A link that lived to become old would keep all that came after it until the next full collection.
    first.next = undefined;
    this.length--;
    // Sums of fractions can come out below zero.
    this.size = this.size > size ? this.size - size : 0;
    return value;
  }

  // The first value has become smaller by `size`.
  shrink(size) {
    this.#first.size -= size;
    this.size -= size;
  }

  clear() {
    this.#first = this.#last = undefined;
    this.length = this.size = 0;
  }
}
