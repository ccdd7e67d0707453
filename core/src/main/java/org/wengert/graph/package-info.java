/// Reads what was recorded: snapshots of graphs, pictures of them, and the chain rule written out.
@NullMarked
package org.wengert.graph;

import org.jspecify.annotations.NullMarked;
