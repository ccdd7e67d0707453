package org.wengert.io;

/// What a pickle may speak of besides plain data.
interface PickleWorld {
  /// Demands that the class or function `name` is known.
  PickleValue.Name global(String name, Place place);

  /// The value of a reference to something outside of the pickle.
  PickleValue outside(PickleValue id, Place place);

  /// What calling a known class or function gives.
  PickleValue call(PickleValue.Name function, PickleValue.Tuple arguments, Place place);
}
