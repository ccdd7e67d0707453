/// How good a model is, gathered batch by batch.
package org.wengert.train.metric;
