package io.cdcprogress.stack;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What the tasks of a connector publish as metrics; the workers of the stack share this JVM, and so its MBeans. */
public final class PluginMBeans {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final String connector;

    public PluginMBeans(String connector) {
        this.connector = connector;
    }

    /** All of a pipeline and sink group, by attribute; {@code health:OK} where a further key tells them apart. */
    public Map<String, Double> of(String pipeline, String sinkGroup) {
        return values("pipeline=" + pipeline + ",sink_group=" + sinkGroup + ",*");
    }

    /** Of all tasks and pipelines. */
    public int count() {
        return values("*").size();
    }

    /** Of a task, but not of its pipelines. */
    public Map<String, Double> ofTask(int task) {
        return values("task=" + task);
    }

    private Map<String, Double> values(String keys) {
        Map<String, Double> values = new TreeMap<>();
        try {
            String tasks = keys.startsWith("task=") ? "" : "task=*,";
            for (ObjectName name : SERVER.queryNames(
                    new ObjectName("kafka.connect:type=plugins,connector=" + connector + "," + tasks + keys), null)) {
                read(name, values);
            }
        } catch (JMException e) {
            throw new StackException("metrics of " + connector, e);
        }
        return values;
    }

    private static void read(ObjectName name, Map<String, Double> values) throws JMException {
        String label = name.getKeyProperty("state") != null
                ? ":" + name.getKeyProperty("state")
                : name.getKeyProperty("finding") != null ? ":" + name.getKeyProperty("finding") : "";
        try {
            for (MBeanAttributeInfo attribute : SERVER.getMBeanInfo(name).getAttributes()) {
                values.put(attribute.getName() + label, (Double) SERVER.getAttribute(name, attribute.getName()));
            }
        } catch (InstanceNotFoundException | AttributeNotFoundException e) {
            // It has just gone.
        }
    }
}
