/// What is written while a fit runs: callbacks for people and for other programs.
///
/// | for | by |
/// |---|---|
/// | people who wait | [ProgressBar], [EpochTable] |
/// | spreadsheets and pandas | [CsvLog] |
/// | other programs | [JsonLog] |
/// | TensorBoard | [TensorBoardLog]; anything else one wants to see there by [EventFile] |
///
/// Logs are only ever appended to. A line or record is written by one call, so that a program that
/// is killed leaves whole ones; a last one that was cut off all the same is removed when the log
/// goes on.
package org.wengert.train.log;
