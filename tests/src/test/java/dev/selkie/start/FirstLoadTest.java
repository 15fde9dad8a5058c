package dev.selkie.start;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.selkie.peer.Torch;
import dev.selkie.runtime.Backend;
import dev.selkie.runtime.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Native libraries unpacked for the first time: by two processes at once, as on a fresh machine.
 */
class FirstLoadTest {
  @TempDir Path folder;

  @Test
  void twoProcessesLoadLibtorchFromAnEmptyCache() throws Exception {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    Jvm.allEnd(
        List.of(
            Jvm.main(folder, cache, LoadsTorch.class), Jvm.main(folder, cache, LoadsTorch.class)));
  }

  @Test
  void twoProcessesLoadOneDnnFromAnEmptyCache() throws Exception {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    Jvm.allEnd(
        List.of(Jvm.main(folder, cache, OpensCpu.class), Jvm.main(folder, cache, OpensCpu.class)));
    // What a full disk left behind is unpacked again.
    Path library =
        Jvm.files(cache).filter(file -> file.endsWith("libdnnl.so.3")).findFirst().orElseThrow();
    Files.write(library, new byte[0]);
    Jvm.allEnd(List.of(Jvm.main(folder, cache, OpensCpu.class)));
  }

  @Test
  void whoeverCallsLibtorchLoadsItByTorch() {
    classes()
        .that()
        .resideInAPackage("dev.selkie..")
        .and()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("Torch")
        .should(loadTorchFirst())
        .check(new ClassFileImporter().importPaths("target/classes", "target/test-classes"));
  }

  private static ArchCondition<JavaClass> loadTorchFirst() {
    return new ArchCondition<>("call Torch.load() where they call libtorch") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean calls =
            type.getCodeUnitCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().getName().equals(torch.class.getName()));
        boolean loads =
            type.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Torch.class));
        if (calls && !loads) {
          events.add(
              SimpleConditionEvent.violated(type, type.getName() + " calls libtorch unloaded"));
        }
      }
    };
  }

  /** In a process of its own. */
  static final class LoadsTorch {
    private LoadsTorch() {}

    public static void main(String[] arguments) {
      Torch.load();
      if (torch.ones(new long[] {3}).sum().item_float() != 3) {
        throw new AssertionError();
      }
    }
  }

  /** In a process of its own. */
  static final class OpensCpu {
    private OpensCpu() {}

    public static void main(String[] arguments) {
      try (Backend backend = Device.cpu().open()) {
        backend.allocate(64);
      }
    }
  }
}
