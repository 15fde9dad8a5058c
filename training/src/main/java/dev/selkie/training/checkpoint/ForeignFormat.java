package dev.selkie.training.checkpoint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files that people take for weights, known by their first bytes, and how each is converted. */
final class ForeignFormat {
  /** Bytes looked at. */
  static final int BYTES = 32;

  private record Kind(String start, String name, String way) {}

  private static final String TORCH =
      "convert it in Python: import torch; from safetensors.torch import save_file; state = torch.load('%1$s', map_location='cpu', weights_only=True); save_file({name: value.contiguous() for name, value in state.get('state_dict', state).items()}, '%1$s.safetensors')";

  private static final Kind PICKLE = new Kind("", "a pickle, as torch.save wrote it once", TORCH);

  private static final List<Kind> KINDS =
      List.of(
          new Kind("PK\u0003\u0004", "a zip archive, as torch.save writes it", TORCH),
          new Kind(
              "\u0089HDF",
              "an HDF5 file, as Keras writes it",
              "read its arrays in Python (h5py) and write them with safetensors.numpy.save_file"),
          new Kind(
              "\u0093NUMPY",
              "a NumPy array",
              "write all arrays into one file with safetensors.numpy.save_file"),
          new Kind(
              "GGUF",
              "a GGUF file",
              "take the weights that it was made of, as safetensors with float values"),
          new Kind(
              "\u001f\u008b", "packed with gzip", "unpack it first: gunzip '%1$s', or gunzip -c"),
          new Kind(
              "version https://git-lfs",
              "a pointer of Git LFS, not the file that it stands for",
              "fetch that with: git lfs pull"),
          new Kind("<!", "a web page", "fetch the file itself"),
          new Kind("<?", "XML", "fetch the file itself"),
          new Kind("\u0089PNG", "a picture", "name a file that train --save wrote"));

  private ForeignFormat() {}

  /** A sentence for a file that starts so, where its kind is known. */
  static Optional<String> sentence(Path file, byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.isEmpty()) {
      return Optional.of("%s is empty".formatted(file));
    }
    if (text.matches("(?s)\u0080[\u0002-\u0005][^\u0000].*")) {
      return Optional.of(sentence(file, PICKLE));
    }
    return KINDS.stream()
        .filter(kind -> text.startsWith(kind.start()))
        .map(kind -> sentence(file, kind))
        .findFirst();
  }

  private static String sentence(Path file, Kind kind) {
    return "%s is %s, not safetensors; %s".formatted(file, kind.name(), kind.way().formatted(file));
  }
}
