package org.wengert;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// A random program as plain data: the shapes of its leaves, what happens in turn, and the seed of
/// its numbers. Operands are meant modulo the values there are, so any part of the list is a
/// program too, and shrinking drops instructions first.
///
/// @param leaves sizes of each leaf's axes
record Program(List<List<Integer>> leaves, List<Instruction> instructions, long seed) {

  /// What an instruction does; the details come from its numbers.
  enum Kind {
    CURVE,
    PAIR,
    REDUCE,
    ALONG,
    MAT_MUL,
    RESHAPE,
    PERMUTE,
    SLICE,
    SELECT,
    JOIN,
    EXPAND,
    GATHER,
    INDEX_SELECT,
    WHERE,
    DETACH,
    CONSTANT
  }

  /// @param a the first operand, counted back from the latest value
  /// @param b the second one
  /// @param detail picks the function, axes, sizes
  record Instruction(Kind kind, int a, int b, int detail) {}

  static Arbitrary<Program> any() {
    Arbitrary<Kind> kind =
        Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(4, 1), Tuple.of(9, 2))
            .flatMap(
                group ->
                    switch (group) {
                      case 0 -> Arbitraries.just(Kind.CURVE);
                      case 1 -> Arbitraries.just(Kind.PAIR);
                      default -> Arbitraries.of(Kind.class);
                    });
    Arbitrary<Integer> operand =
        Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(0, 999));
    Arbitrary<Integer> detail = Arbitraries.integers().between(0, 99_999).withoutEdgeCases();
    Arbitrary<Instruction> instruction =
        Combinators.combine(kind, operand, operand, detail).as(Instruction::new);
    Arbitrary<List<Integer>> shape = Arbitraries.integers().between(1, 4).list().ofMaxSize(3);
    return Combinators.combine(
            shape.list().ofMinSize(1).ofMaxSize(3),
            instruction.list().ofMinSize(1).ofMaxSize(12),
            Arbitraries.longs().between(0, 1_000_000))
        .as(Program::new);
  }

  /// Some programs, always the same, where no property engine is at hand.
  static List<Program> some(int count) {
    SplittableRandom random = new SplittableRandom(7);
    return Stream.generate(() -> some(random)).limit(count).toList();
  }

  private static Program some(SplittableRandom random) {
    Kind[] kinds = Kind.values();
    List<List<Integer>> leaves =
        Stream.generate(() -> Call.list(random.ints(random.nextInt(4), 1, 5).toArray()))
            .limit(3)
            .toList();
    List<Instruction> instructions =
        Stream.generate(
                () ->
                    new Instruction(
                        kinds[random.nextInt(kinds.length)],
                        random.nextInt(3),
                        random.nextInt(9),
                        random.nextInt(100_000)))
            .limit(10)
            .toList();
    return new Program(leaves, instructions, random.nextInt(1_000_000));
  }
}
