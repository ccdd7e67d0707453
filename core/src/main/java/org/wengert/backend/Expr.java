package org.wengert.backend;

import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;

/// A function of a few numbers as a tree of [Primitive]s: written once, and compiled to a loop for
/// each width and backend by [Kernel], interpreted by [Interpreter] as their specification, and
/// joined with others into one loop.
///
/// An expression is a real number, the bits of one as a whole number, or a truth, as its [Kind]
/// says. A constant takes the width of the loop. Trees may share parts; what is computed twice in
/// the same way is computed once.
///
/// An operation on a kind that it does not know throws an `OptionException` at once. Immutable and
/// thread-safe.
public final class Expr {
  /// What a value is.
  public enum Kind {
    /// A number.
    REAL,
    /// A whole number as wide as a number.
    WHOLE,
    /// True or false.
    TRUTH
  }

  private final Primitive op;
  private final Kind kind;
  private final List<Expr> args;
  private final long payload;

  private Expr(Primitive op, Kind kind, long payload, Expr... args) {
    op.check(args);
    this.op = op;
    this.kind = kind;
    this.payload = payload;
    this.args = List.of(args);
  }

  /// The element of input number `i`, from 0.
  public static Expr input(int i) {
    return new Expr(Primitive.INPUT, Kind.REAL, KernelRules.place("input", i));
  }

  /// The element of input number `i`, an array of booleans.
  public static Expr truth(int i) {
    return new Expr(Primitive.INPUT, Kind.TRUTH, KernelRules.place("truth", i));
  }

  /// Number `j` of those given with each run.
  public static Expr scalar(int j) {
    return new Expr(Primitive.SCALAR, Kind.REAL, KernelRules.place("scalar", j));
  }

  /// A number.
  public static Expr of(double value) {
    return new Expr(Primitive.CONSTANT, Kind.REAL, Double.doubleToRawLongBits(value));
  }

  /// A whole number.
  public static Expr bits(long value) {
    return new Expr(Primitive.CONSTANT, Kind.WHOLE, value);
  }

  /// A named function of a number.
  static Expr call(Fn f, Expr x) {
    return new Expr(Primitive.CALL, Kind.REAL, f.ordinal(), x);
  }

  /// A named function of `x` where this truth holds, which is seldom, else `usual`.
  Expr callWhere(Fn f, Expr x, Expr usual) {
    return new Expr(Primitive.CALL_WHERE, Kind.REAL, f.ordinal(), this, x, usual);
  }

  Primitive op() {
    return op;
  }

  /// What its value is.
  public Kind kind() {
    return kind;
  }

  List<Expr> args() {
    return args;
  }

  long payload() {
    return payload;
  }

  private Expr with(Primitive op, Expr... others) {
    Expr[] all = new Expr[others.length + 1];
    all[0] = this;
    System.arraycopy(others, 0, all, 1, others.length);
    return new Expr(op, op.kindOver(kind), 0, all);
  }

  /// `this + b`.
  public Expr add(Expr b) {
    return with(Primitive.ADD, b);
  }

  /// `this + b`.
  public Expr add(double b) {
    return add(of(b));
  }

  /// `this - b`.
  public Expr sub(Expr b) {
    return with(Primitive.SUB, b);
  }

  /// `this - b`.
  public Expr sub(double b) {
    return sub(of(b));
  }

  /// `b - this`.
  public Expr rsub(double b) {
    return of(b).sub(this);
  }

  /// `this · b`.
  public Expr mul(Expr b) {
    return with(Primitive.MUL, b);
  }

  /// `this · b`.
  public Expr mul(double b) {
    return mul(of(b));
  }

  /// `this/b`.
  public Expr div(Expr b) {
    return with(Primitive.DIV, b);
  }

  /// `this/b`.
  public Expr div(double b) {
    return div(of(b));
  }

  /// `b/this`.
  public Expr rdiv(double b) {
    return of(b).div(this);
  }

  /// `this · b + c`, rounded once.
  public Expr fma(Expr b, Expr c) {
    return with(Primitive.FMA, b, c);
  }

  /// `this · b + c`, rounded once.
  public Expr fma(double b, Expr c) {
    return fma(of(b), c);
  }

  /// `this · b + c`, rounded once.
  public Expr fma(Expr b, double c) {
    return fma(b, of(c));
  }

  /// `this · b + c`, rounded once.
  public Expr fma(double b, double c) {
    return fma(of(b), of(c));
  }

  /// The polynomial with these coefficients, the highest first, by Horner's scheme in `fma`.
  public Expr polynomial(double... coefficients) {
    KernelRules.coefficients(coefficients);
    Expr sum = of(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      sum = sum.fma(this, coefficients[i]);
    }
    return sum;
  }

  /// `-this`.
  public Expr neg() {
    return with(Primitive.NEG);
  }

  /// Without its sign.
  public Expr abs() {
    return with(Primitive.ABS);
  }

  /// The correctly rounded root.
  public Expr sqrt() {
    return with(Primitive.SQRT);
  }

  /// `this²`.
  public Expr square() {
    return mul(this);
  }

  /// The smaller, as in `Math.min`.
  public Expr min(Expr b) {
    return with(Primitive.MIN, b);
  }

  /// The smaller, as in `Math.min`.
  public Expr min(double b) {
    return min(of(b));
  }

  /// The larger, as in `Math.max`.
  public Expr max(Expr b) {
    return with(Primitive.MAX, b);
  }

  /// The larger, as in `Math.max`.
  public Expr max(double b) {
    return max(of(b));
  }

  /// `this < b`.
  public Expr lt(Expr b) {
    return with(Primitive.LT, b);
  }

  /// `this < b`.
  public Expr lt(double b) {
    return lt(of(b));
  }

  /// `this <= b`.
  public Expr le(Expr b) {
    return with(Primitive.LE, b);
  }

  /// `this <= b`.
  public Expr le(double b) {
    return le(of(b));
  }

  /// `this > b`.
  public Expr gt(Expr b) {
    return b.lt(this);
  }

  /// `this > b`.
  public Expr gt(double b) {
    return gt(of(b));
  }

  /// `this >= b`.
  public Expr ge(Expr b) {
    return b.le(this);
  }

  /// `this >= b`.
  public Expr ge(double b) {
    return ge(of(b));
  }

  /// `this = b`; false beside `NaN`.
  public Expr eq(Expr b) {
    return with(Primitive.EQ, b);
  }

  /// `this = b`; false beside `NaN`.
  public Expr eq(double b) {
    return eq(of(b));
  }

  /// `this ≠ b`; true beside `NaN`.
  public Expr ne(Expr b) {
    return with(Primitive.NE, b);
  }

  /// Whether it is not a number.
  public Expr isNaN() {
    return ne(this);
  }

  /// Both truths, or the bits set in both.
  public Expr and(Expr b) {
    return with(Primitive.AND, b);
  }

  /// One truth, or the bits set in one.
  public Expr or(Expr b) {
    return with(Primitive.OR, b);
  }

  /// One truth but not both, or the bits that differ.
  public Expr xor(Expr b) {
    return with(Primitive.XOR, b);
  }

  /// The opposite truth.
  public Expr not() {
    return with(Primitive.NOT);
  }

  /// `yes` where this truth holds, else `no`. The branch not taken leaves no trace.
  public Expr select(Expr yes, Expr no) {
    return with(Primitive.SELECT, yes, no);
  }

  /// `yes` where this truth holds, else `no`.
  public Expr select(double yes, Expr no) {
    return select(of(yes), no);
  }

  /// `yes` where this truth holds, else `no`.
  public Expr select(Expr yes, double no) {
    return select(yes, of(no));
  }

  /// `yes` where this truth holds, else `no`.
  public Expr select(double yes, double no) {
    return select(of(yes), of(no));
  }

  /// The bits of this number.
  public Expr toBits() {
    return with(Primitive.BITS);
  }

  /// The number with these bits.
  public Expr fromBits() {
    return with(Primitive.FROM_BITS);
  }

  /// Shifted towards the high bits.
  public Expr shl(int count) {
    return new Expr(Primitive.SHL, Kind.WHOLE, KernelRules.shift("shl", count), this);
  }

  /// Shifted towards the low bits, with the sign.
  public Expr shr(int count) {
    return new Expr(Primitive.SHR, Kind.WHOLE, KernelRules.shift("shr", count), this);
  }

  /// This function of other expressions in place of its inputs and of numbers in place of its
  /// scalars.
  ///
  /// @param inputs one for each input up to the last
  public Expr over(Expr[] inputs, double[] scalars) {
    return over(inputs, scalars, new IdentityHashMap<>());
  }

  private Expr over(Expr[] inputs, double[] scalars, IdentityHashMap<Expr, Expr> done) {
    Expr known = done.get(this);
    if (known != null) {
      return known;
    }
    Expr result =
        switch (op) {
          case INPUT -> {
            KernelRules.given("input", payload, inputs.length);
            yield inputs[(int) payload];
          }
          case SCALAR -> {
            KernelRules.given("scalar", payload, scalars.length);
            yield of(scalars[(int) payload]);
          }
          default -> {
            Expr[] replaced = new Expr[args.size()];
            for (int k = 0; k < replaced.length; k++) {
              replaced[k] = args.get(k).over(inputs, scalars, done);
            }
            yield new Expr(op, kind, payload, replaced);
          }
        };
    done.put(this, result);
    return result;
  }

  /// The numbers of the inputs that occur in it, ascending.
  public int[] inputs() {
    BitSet found = new BitSet();
    collect(found, new IdentityHashMap<>());
    return found.stream().toArray();
  }

  private void collect(BitSet found, IdentityHashMap<Expr, Expr> done) {
    if (done.put(this, this) == null) {
      if (op == Primitive.INPUT) {
        found.set((int) payload);
      }
      args.forEach(arg -> arg.collect(found, done));
    }
  }

  /// Whether it is an input as it is.
  public boolean isInput() {
    return op == Primitive.INPUT;
  }
}
