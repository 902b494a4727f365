import { Once } from '../../src/rankings/once';

class Counted {
  made = 0;

  constructor(private readonly from: number) {}

  @Once
  get list(): number[] {
    this.made += 1;
    return [this.from];
  }

  @Once
  get nothing(): null {
    this.made += 1;
    return null;
  }
}

describe('Once', () => {
  it('makes what a getter gives once for each object, when it is first asked for', () => {
    const [one, two] = [new Counted(1), new Counted(2)];
    expect(one.made).toBe(0);
    expect([one.list, one.list, two.list]).toEqual([[1], [1], [2]]);
    expect(one.list).toBe(one.list);
    expect([one.nothing, one.nothing]).toEqual([null, null]);
    expect([one.made, two.made]).toEqual([2, 1]);
  });

  it('is for getters', () => {
    expect(() => Once(Counted.prototype, 'made', { value: 1 })).toThrow('made is no getter.');
  });
});
