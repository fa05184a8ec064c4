/** Words that ask, join or point, and say nothing of what is asked about. */

export const words = {
  fillers:
    'a, about, all, also, am, an, and, any, are, as, at, be, been, but, by, can, could, did, do, does, every, for, from, ' +
    'get, gets, had, has, have, help, how, i, if, in, into, is, it, its, just, me, my, of, on, one, or, please, same, should, so, some, ' +
    'than, that, the, their, them, then, there, they, this, to, too, try, tried, use, using, very, was, we, were, what, when, ' +
    'where, which, while, who, why, will, with, would, you, your',
  /** Each of them says the same as `not`, which is how phrases of concepts say it. */
  negations:
    "never, don't, doesn't, didn't, won't, can't, isn't, aren't, wasn't, couldn't, wouldn't, hasn't, haven't, cannot, dont, doesnt",
  not: 'not',
};
