/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Arrays that count what makes a GPU wait: numbers read from it, and Java numbers given to it. */
final class HostTraffic {

    private static final Pattern READ =
            Pattern.compile(
                    "get(Float|Double|Long|Int|Boolean|Byte|String)"
                            + "|to\\w*(Array|Buffer|String)|contentEquals|allClose");

    private final List<String> reads = new ArrayList<>();
    private final List<String> numbers = new ArrayList<>();
    private int operations;

    /** What stands for an array or a manager. */
    private interface Counted {

        Object original();
    }

    /** Reads since the last call. */
    List<String> reads() {
        return taken(reads);
    }

    /** Java numbers as operands since the last call. */
    List<String> numbers() {
        return taken(numbers);
    }

    /** Operations of the engine, calls that return arrays, since the last call. */
    int operations() {
        int counted = operations;
        operations = 0;
        return counted;
    }

    private static List<String> taken(List<String> list) {
        List<String> taken = List.copyOf(list);
        list.clear();
        return taken;
    }

    NDList counted(NDList arrays) {
        return (NDList) counted((Object) arrays);
    }

    private Object counted(Object value) {
        if (value instanceof NDList list) {
            NDList counted = new NDList();
            list.forEach(array -> counted.add((NDArray) counted((Object) array)));
            return counted;
        }
        Class<?> type =
                value instanceof NDArray
                        ? NDArray.class
                        : value instanceof NDManager
                                ? NDManager.class
                                : value instanceof NDArrayEx ? NDArrayEx.class : null;
        if (type == null || value instanceof Counted) {
            return value;
        }
        return Proxy.newProxyInstance(
                HostTraffic.class.getClassLoader(),
                new Class<?>[] {type, Counted.class},
                (proxy, method, arguments) -> call(value, method, arguments));
    }

    private Object call(Object original, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Counted.class) {
            return original;
        }
        if (original instanceof NDArray && READ.matcher(method.getName()).matches()) {
            reads.add(method.getName());
        }
        if (NDArray.class.isAssignableFrom(method.getReturnType())
                || NDList.class.isAssignableFrom(method.getReturnType())) {
            operations++;
        }
        if (Arrays.asList(method.getParameterTypes()).contains(Number.class)) {
            numbers.add(method.getName());
        }
        Object[] originals =
                arguments == null
                        ? new Object[0]
                        : Arrays.stream(arguments).map(HostTraffic::original).toArray();
        try {
            return counted(method.invoke(original, originals));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object original(Object value) {
        if (value instanceof NDList list) {
            NDList originals = new NDList();
            list.forEach(array -> originals.add((NDArray) original(array)));
            return originals;
        }
        if (value instanceof NDArray[] arrays) {
            return Arrays.stream(arrays).map(HostTraffic::original).toArray(NDArray[]::new);
        }
        return value instanceof Counted counted ? counted.original() : value;
    }
}
