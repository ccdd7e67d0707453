package org.wengert;

/// The operations whose rules and kernels keep nothing of what they see or make, but for what they
/// return: those of this library, each a record without state, except [Checkpoint], which runs a
/// user's code. What such an operation makes on its way can be recycled as soon as it returns.
final class Confined {
  private static final ClassValue<Boolean> IS =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return type.getPackageName().equals(Op.class.getPackageName())
              && type.getProtectionDomain() == Op.class.getProtectionDomain()
              && type != Checkpoint.class;
        }
      };

  private Confined() {}

  static boolean is(Op op) {
    return IS.get(op.getClass());
  }
}
