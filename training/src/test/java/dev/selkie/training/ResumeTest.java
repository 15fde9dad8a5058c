package dev.selkie.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.training.checkpoint.Checkpoint;
import dev.selkie.training.checkpoint.CheckpointException;
import dev.selkie.training.checkpoint.CheckpointFolder;
import dev.selkie.training.checkpoint.Weights;
import dev.selkie.training.data.Augmentation;
import dev.selkie.training.files.OutputException;
import dev.selkie.training.optimizer.AdamW;
import dev.selkie.training.optimizer.Schedule;
import dev.selkie.training.optimizer.Sgd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves, and what another makes of it. */
class ResumeTest {
  private static final UnaryOperator<Trainer> SAME = UnaryOperator.identity();

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();

  private Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  private Path file(String name) {
    return checkpoints().resolve(name);
  }

  /** Four steps an epoch, with everything that draws from chance. */
  private Trainer trainer(TrainableNetwork network) {
    return Trainer.of(network)
        .data(TestData.colours(70, 20))
        .optimizer(AdamW.adamW(0.01))
        .schedule(Schedule.cosine().warmUp(0.5))
        .augmentation(new Augmentation(1, true))
        .seed(3)
        .checkpoints(checkpoints())
        .listener(new Notes(Integer.MAX_VALUE));
  }

  private TrainingReport train(UnaryOperator<Trainer> change) {
    try (TrainableNetwork network = TestData.network(16)) {
      return change.apply(trainer(network)).run();
    }
  }

  private String refused(UnaryOperator<Trainer> change) {
    return assertThrows(CheckpointException.class, () -> train(change)).getMessage();
  }

  private boolean noted(String text) {
    return notes.stream().anyMatch(note -> note.contains(text));
  }

  /** Hears notes, and throws like a killed process after so many steps. */
  private final class Notes implements TrainingListener {
    private int left;

    Notes(int steps) {
      left = steps;
    }

    @Override
    public void stepDone(int step, int images, double loss) {
      if (--left == 0) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public void note(String sentence) {
      notes.add(sentence);
    }
  }

  /** Wherever a run is broken off, the resumed one writes the same files, byte for byte. */
  @Test
  void resumingWithinAnEpochEqualsNeverHavingStopped() throws IOException {
    TrainingReport whole = train(trainer -> trainer.epochs(3).checkpointEvery(3));
    byte[] weights = Files.readAllBytes(file("epoch-3.safetensors"));
    byte[] memory = Files.readAllBytes(file("epoch-3.optimizer.safetensors"));
    for (int steps : new int[] {4, 5, 8, 10}) {
      TestFiles.remove(checkpoints());
      assertThrows(
          IllegalStateException.class,
          () -> train(trainer -> trainer.epochs(3).checkpointEvery(3).listener(new Notes(steps))));
      TrainingReport rest = train(t -> t.epochs(3).checkpointEvery(3).resume(true));
      assertArrayEquals(weights, Files.readAllBytes(file("epoch-3.safetensors")), "" + steps);
      assertArrayEquals(memory, Files.readAllBytes(file("epoch-3.optimizer.safetensors")));
      assertEquals(whole.testAccuracy(), rest.testAccuracy());
      int done = whole.epochs().size() - rest.epochs().size();
      for (int i = 0; i < rest.epochs().size(); i++) {
        assertEquals(whole.epochs().get(done + i).loss(), rest.epochs().get(i).loss());
      }
    }
    assertTrue(noted("going on from step 3 of epoch 1 in"), notes.toString());
    assertTrue(noted("going on from step 3 of epoch 2 in"), notes.toString());
    assertFalse(noted("differs"), notes.toString());
  }

  @Test
  void withinAnEpochOnlyTheNewestIsKeptAndOnlyUntilItsEnd() {
    assertThrows(
        IllegalStateException.class,
        () -> train(trainer -> trainer.epochs(2).checkpointEvery(1).listener(new Notes(7))));
    assertEquals(
        List.of(
            ".lock",
            "epoch-1.optimizer.safetensors",
            "epoch-1.safetensors",
            "epoch-2-step-2.optimizer.safetensors",
            "epoch-2-step-2.safetensors"),
        TestFiles.names(checkpoints()));
    train(trainer -> trainer.epochs(3).checkpointEvery(1).resume(true).keep(2));
    assertEquals(
        List.of(
            ".lock",
            "epoch-2.optimizer.safetensors",
            "epoch-2.safetensors",
            "epoch-3.optimizer.safetensors",
            "epoch-3.safetensors"),
        TestFiles.names(checkpoints()));
  }

  @Test
  void aNewRunDoesNotMixWithAnOldOne() {
    train(trainer -> trainer.epochs(3));
    String message = refused(SAME);
    assertTrue(
        message.contains("checkpoints of an earlier run (Hand on colours, seed 3, AdamW 0.01"),
        message);
    assertTrue(message.contains("up to epoch 3); --resume"), message);
    assertEquals(3, Checkpoint.latest(checkpoints()).orElseThrow().epoch());
    train(trainer -> trainer.seed(4).overwrite(true));
    assertEquals(1, Checkpoint.latest(checkpoints()).orElseThrow().epoch());
    assertTrue(noted("removing the checkpoints of an earlier run"), notes.toString());
  }

  @Test
  void whatIsNotAsItWasIsNamedWithBothValues() {
    train(SAME);
    train(
        trainer ->
            trainer
                .data(TestData.colours(80, 20))
                .optimizer(AdamW.adamW(0.02))
                .schedule(Schedule.constant())
                .augmentation(Augmentation.NONE)
                .labelSmoothing(0.1)
                .seed(5)
                .epochs(2)
                .resume(true));
    String difference = notes.get(notes.size() - 1);
    for (String wanted :
        List.of(
            "training images 80, not 70",
            "seed 5, not 3",
            "epochs 2, not 1",
            "optimiser AdamW 0.02, betas 0.9 and 0.999, weight decay 0.01, not AdamW 0.01,",
            "schedule constant, not cosine, warm-up 0.5 epochs",
            "augmentation crop 0, no flip, not crop 1, flip",
            "label smoothing 0.1, not 0.0")) {
      assertTrue(difference.contains(wanted), wanted + " in " + difference);
    }
  }

  @Test
  void anotherOptimiserIsRefusedByName() {
    train(SAME);
    String message = refused(trainer -> trainer.optimizer(Sgd.sgd(0.1)).resume(true));
    assertTrue(message.contains("was trained by AdamW 0.01"), message);
    assertTrue(message.contains("this run has SGD 0.1"), message);
  }

  @Test
  void anEmptyFolderIsSaid() {
    assertEquals(1, train(trainer -> trainer.resume(true)).epochs().size());
    assertTrue(noted("has no checkpoint to go on from: training starts at epoch 1"));
    assertTrue(train(trainer -> trainer.resume(true)).epochs().isEmpty());
    assertTrue(noted("nothing is left to train: 1 epochs are done"));
  }

  @Test
  void whereTheNewestIsDamagedTheOneBeforeIsTaken() throws IOException {
    for (String damaged : List.of("epoch-3.safetensors", "epoch-3.optimizer.safetensors")) {
      train(trainer -> trainer.epochs(3).overwrite(true));
      byte[] bytes = Files.readAllBytes(file(damaged));
      bytes[bytes.length - 2] ^= 1;
      Files.write(file(damaged), bytes);
      TrainingReport rest = train(trainer -> trainer.epochs(3).resume(true));
      assertEquals(1, rest.epochs().size());
      assertTrue(noted("left out, as it is damaged: the values of epoch 3"), notes.toString());
      assertTrue(noted("going on from epoch 2"), notes.toString());
      notes.clear();
    }
    Files.write(file("epoch-3.safetensors"), new byte[0]);
    Files.delete(file("epoch-2.optimizer.safetensors"));
    assertEquals(2, train(trainer -> trainer.epochs(3).resume(true)).epochs().size());
    Files.write(file("epoch-1.safetensors"), new byte[9]);
    for (int epoch = 2; epoch <= 3; epoch++) {
      Files.delete(file("epoch-%d.safetensors".formatted(epoch)));
    }
    assertTrue(refused(trainer -> trainer.resume(true)).contains("no checkpoint in"));
  }

  /** A pair of which one file is damaged leaves network and optimiser as they were. */
  @Test
  void bothFilesAreReadBeforeAnythingIsChanged() throws IOException {
    train(SAME);
    Files.write(file("epoch-1.optimizer.safetensors"), new byte[100]);
    try (TrainableNetwork network = TestData.network(16)) {
      float[] before = TestData.values(network.parameters().get(0).value());
      Checkpoint checkpoint = Checkpoint.latest(checkpoints()).orElseThrow();
      assertThrows(
          CheckpointException.class,
          () -> checkpoint.load(network, AdamW.adamW(1).bind(network).memory()));
      assertArrayEquals(before, TestData.values(network.parameters().get(0).value()));
    }
  }

  @Test
  void filesOfTwoRunsAreNoPair() throws IOException {
    train(SAME);
    byte[] memory = Files.readAllBytes(file("epoch-1.optimizer.safetensors"));
    train(trainer -> trainer.seed(9).overwrite(true));
    Files.write(file("epoch-1.optimizer.safetensors"), memory);
    String message = refused(trainer -> trainer.epochs(2).resume(true));
    assertTrue(message.contains("do not belong together: their run is"), message);
  }

  @Test
  void theSameRunLeavesTheSameBytes() throws IOException {
    train(SAME);
    byte[] first = Files.readAllBytes(file("epoch-1.safetensors"));
    train(trainer -> trainer.overwrite(true));
    assertArrayEquals(first, Files.readAllBytes(file("epoch-1.safetensors")));
    List<String> keys = new ArrayList<>(Weights.metadata(file("epoch-1.safetensors")).keySet());
    assertEquals(List.of("network", "fingerprint", "data", "classes"), keys.subList(0, 4));
    assertEquals(List.of("run", "epoch", "crc32c"), keys.subList(keys.size() - 3, keys.size()));
  }

  @Test
  void whatAKilledRunLeftUnfinishedIsCleared() throws IOException {
    Files.createDirectories(checkpoints());
    Files.createFile(file("epoch-6.safetensors15823739353185804166.tmp"));
    Files.createFile(file("epoch-6.optimizer.safetensors"));
    Files.createFile(file("mine.tmp"));
    train(SAME);
    assertEquals(
        List.of(".lock", "epoch-1.optimizer.safetensors", "epoch-1.safetensors", "mine.tmp"),
        TestFiles.names(checkpoints()));
  }

  @Test
  void aFolderThatAnotherRunHasIsRefused() {
    try (CheckpointFolder other = CheckpointFolder.open(checkpoints())) {
      String message = refused(SAME);
      assertTrue(message.startsWith(other.path() + " is in use by another run"), message);
    }
    train(SAME);
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefusedBeforeTheFirstStep() throws IOException {
    Files.createFile(checkpoints());
    assertThrows(OutputException.class, () -> train(trainer -> trainer.listener(new Notes(1))));
  }

  /**
   * Whatever fails, the checkpoint that is left is named; what is no fault of ours stays itself.
   */
  @Test
  void everyFailureSaysWhatIsLeft() {
    assertThrows(
        IllegalStateException.class,
        () -> train(trainer -> trainer.epochs(2).listener(new Notes(5))));
    assertTrue(
        noted("epoch 2: the last checkpoint is whole: " + file("epoch-1.safetensors")),
        notes.toString());
    TrainingListener full =
        new TrainingListener() {
          @Override
          public void stepDone(int step, int images, double loss) {
            throw new OutOfMemoryError("Java heap space");
          }
        };
    String message =
        assertThrows(
                TrainingException.class,
                () -> train(trainer -> trainer.epochs(2).resume(true).listener(full)))
            .getMessage();
    assertTrue(message.startsWith("epoch 2: Java has no memory left (Java heap space)"), message);
    assertTrue(message.contains("the last checkpoint is whole: "), message);
  }

  /** A folder where the file should go stands for a disk that is full. */
  @Test
  void whatCannotBeWrittenIsKeptElsewhereAndResumes() throws IOException {
    train(SAME);
    Files.createDirectory(file("epoch-2.safetensors"));
    String message =
        assertThrows(TrainingException.class, () -> train(t -> t.epochs(2).resume(true)))
            .getMessage();
    assertTrue(message.contains("epoch-2.safetensors: Is a directory"), message);
    assertTrue(
        message.endsWith(
            "whole: %s (--resume goes on from it)".formatted(file("epoch-1.safetensors"))),
        message);
    Path kept = Path.of(message.replaceAll("(?s).*epoch 2 is kept in (\\S+) instead.*", "$1"));
    try {
      assertEquals(1, train(t -> t.epochs(3).resume(true).checkpoints(kept)).epochs().size());
    } finally {
      TestFiles.remove(kept);
    }
  }
}
