package dev.selkie.runtime.trace;

import dev.selkie.runtime.Ops;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Makes an {@link Ops} whose every verb runs through one method: there is no list of verbs. */
public final class Interceptor {
  /** What is done with each call. */
  public interface Handler {
    void call(Method verb, Object[] arguments);
  }

  private Interceptor() {}

  public static Ops over(Handler handler) {
    InvocationHandler dispatch =
        (proxy, method, arguments) -> {
          Object[] given = arguments == null ? new Object[0] : arguments;
          if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, given);
          }
          handler.call(method, given);
          return null;
        };
    return (Ops)
        Proxy.newProxyInstance(Ops.class.getClassLoader(), new Class<?>[] {Ops.class}, dispatch);
  }

  /** Calls a verb as if there were no reflection: what it throws comes out as it is. */
  public static void invoke(Ops ops, Method verb, Object[] arguments) {
    try {
      verb.invoke(ops, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object ofObject(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "intercepted Ops";
    };
  }
}
