package dev.selkie.cuda;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes down what is asked of a driver and of its convolutions, as {@code name argument ...}. */
final class DriverCalls {
  private final List<String> calls = new ArrayList<>();

  /** The same driver, overheard. */
  Driver over(Driver driver) {
    return over(Driver.class, driver);
  }

  private <T> T over(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments;
              calls.add(line(method, given));
              Object result = invoke(method, target, given);
              return result instanceof Driver.Convolution made
                  ? over(Driver.Convolution.class, made)
                  : result;
            }));
  }

  private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static String line(Method method, Object[] arguments) {
    return Stream.concat(Stream.of(method.getName()), Stream.of(arguments).map(String::valueOf))
        .collect(Collectors.joining(" "));
  }

  /** Those that begin so, in order. */
  List<String> starting(String start) {
    return calls.stream().filter(call -> call.startsWith(start)).toList();
  }
}
