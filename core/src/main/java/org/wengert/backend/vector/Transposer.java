package org.wengert.backend.vector;

/// Transposes strips of a matrix in registers. Made by [TransposerEmitter].
interface Transposer {
  /// Writes columns, each of which lies side by side, as rows: `to[toAt + k toRow + j]` becomes
  /// `from[at + j column + k]` for as many `j` as a vector has lanes, and `blocks` times as many
  /// `k`.
  ///
  /// @param last the last column that there is; further ones are written as copies of it
  void run(Object from, int at, int column, int last, Object to, int toAt, int toRow, int blocks);
}
