package dev.selkie.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A place that files can be fetched from. */
interface Source {
  /** For messages: "Debian's package ...", "the address ...". */
  String name();

  /**
   * Brings the files into the folder.
   *
   * @throws IOException saying why it cannot
   */
  void fetch(List<RemoteFile> files, Path folder) throws IOException, InterruptedException;
}
