package io.cdcprogress.stack;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.common.GroupVersion;

/** An embedded broker that asks for a user and a password (SASL/PLAIN), and permits only what an ACL allows. */
public final class SecuredBroker implements Broker {
    private static final String ADMIN = "admin";

    private final EmbeddedBroker broker;

    private SecuredBroker(EmbeddedBroker broker) {
        this.broker = broker;
    }

    /** The admin may do everything; the users nothing, until they are allowed to. */
    public static SecuredBroker start(String... users) {
        String logins = Stream.concat(Stream.of(ADMIN), Stream.of(users))
                .map(user -> " user_" + user + "=\"" + password(user) + "\"")
                .collect(Collectors.joining());
        SecuredBroker secured = new SecuredBroker(EmbeddedBroker.start(Map.of(
                // By listener, not by a JAAS file, which would be the whole JVM's.
                "listener.name.external.plain.sasl.jaas.config", jaas(ADMIN, password(ADMIN), logins),
                "listener.security.protocol.map", "EXTERNAL:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "authorizer.class.name", StandardAuthorizer.class.getName(),
                "allow.everyone.if.no.acl.found", "false",
                // Only the controller's listener lets clients in without a name.
                "super.users", "User:" + ADMIN + ";User:ANONYMOUS")));
        secured.asAdmin("the features", SecuredBroker::enableNewerGroups);
        return secured;
    }

    public static String password(String user) {
        return "secret-of-" + user;
    }

    /** Settings with which a client logs in. */
    public Map<String, Object> login(String user, String password) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                jaas(user, password, ""));
    }

    public Map<String, Object> adminLogin() {
        return login(ADMIN, password(ADMIN));
    }

    private static String jaas(String user, String password, String options) {
        return PlainLoginModule.class.getName() + " required username=\"" + user + "\" password=\"" + password + "\""
                + options + ";";
    }

    public void allowGroup(String user, String group) {
        allow(user, AclOperation.DESCRIBE, new ResourcePattern(ResourceType.GROUP, group, PatternType.LITERAL));
    }

    public void allowTopics(String user, String prefix) {
        allow(user, AclOperation.DESCRIBE, new ResourcePattern(ResourceType.TOPIC, prefix, PatternType.PREFIXED));
    }

    /** Takes back what was allowed on topics. Returns when the broker goes by it. */
    public void hideTopics(String prefix) {
        AclBindingFilter all = new AclBindingFilter(
                new ResourcePatternFilter(ResourceType.TOPIC, prefix, PatternType.PREFIXED),
                AccessControlEntryFilter.ANY);
        asAdmin("hiding " + prefix, admin -> {
            admin.deleteAcls(List.of(all)).all().get();
            await().until(() -> admin.describeAcls(all).values().get().isEmpty());
        });
    }

    public void allowReading(String user, String prefix) {
        allow(user, AclOperation.READ, new ResourcePattern(ResourceType.TOPIC, prefix, PatternType.PREFIXED));
    }

    /** Returns when the broker goes by it. */
    private void allow(String user, AclOperation operation, ResourcePattern what) {
        AclBinding acl =
                new AclBinding(what, new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
        asAdmin(acl.toString(), admin -> {
            admin.createAcls(List.of(acl)).all().get();
            await().until(() ->
                    admin.describeAcls(acl.toFilter()).values().get().contains(acl));
        });
    }

    /** The test kit formats without them, unlike kafka-storage.sh. */
    private static void enableNewerGroups(Admin admin) throws ExecutionException, InterruptedException {
        FeatureUpdate update = new FeatureUpdate(GroupVersion.GV_1.featureLevel(), FeatureUpdate.UpgradeType.UPGRADE);
        admin.updateFeatures(Map.of(GroupVersion.FEATURE_NAME, update), new UpdateFeaturesOptions())
                .all()
                .get();
        await().until(() -> admin.describeFeatures()
                .featureMetadata()
                .get()
                .finalizedFeatures()
                .containsKey(GroupVersion.FEATURE_NAME));
    }

    /** What the admin does to the broker. */
    private interface Action {
        void accept(Admin admin) throws ExecutionException, InterruptedException;
    }

    private void asAdmin(String what, Action action) {
        try (Admin admin = admin()) {
            action.accept(admin);
        } catch (ExecutionException e) {
            throw new StackException(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException(what, e);
        }
    }

    @Override
    public Admin admin() {
        return Admin.create(adminLogin());
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void close() {
        broker.close();
    }
}
