package dev.selkie.processor.testing;

import java.util.Random;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;

/** The two compilers that users have: Maven's and Gradle's, and that of Eclipse and VS Code. */
public enum Compiler {
  JAVAC {
    @Override
    JavaCompiler tool() {
      return ToolProvider.getSystemJavaCompiler();
    }
  },
  ECJ {
    @Override
    JavaCompiler tool() {
      return new EclipseCompiler();
    }
  };

  abstract JavaCompiler tool();

  /** One of the two. */
  public static Compiler any(Random random) {
    return values()[random.nextInt(values().length)];
  }
}
