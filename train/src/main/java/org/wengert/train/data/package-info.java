/// Data on its way into a model: a [Dataset] has samples by number, a [DataLoader] makes batches of
/// them, in an order that depends on the seed and the epoch alone.
package org.wengert.train.data;
