package io.cdcprogress.stack;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;

/** Keeps the stack in the root store, so that JUnit closes it at the end of the run. */
final class StackExtension implements ParameterResolver, ExecutionCondition {
    private static final Namespace NAMESPACE = Namespace.create(StackExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SharedStack.class;
    }

    @Override
    public SharedStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(StoreScope.EXECUTION_REQUEST, NAMESPACE)
                .computeIfAbsent(SharedStack.class, key -> new SharedStack(parts()), SharedStack.class);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (onContainers() && !DockerClientFactory.instance().isDockerAvailable()) {
            String reason = "no Docker engine answers; -Pcontainers needs one";
            // The runner does not show why a parameterized class was left out.
            System.out.println("[SKIPPED] " + context.getDisplayName() + ": " + reason);
            return ConditionEvaluationResult.disabled(reason);
        }
        return ConditionEvaluationResult.enabled(null);
    }

    private static StackParts parts() {
        return onContainers() ? new ContainerParts() : new StackParts.Embedded();
    }

    private static boolean onContainers() {
        return "containers".equals(System.getProperty("cdc.stack"));
    }
}
