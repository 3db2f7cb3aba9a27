//! A phone on the live channel of one process.

use std::time::Duration;

use mqtt5::client::MqttClient;
use mqtt5::{ConnectOptions, QoS, SubscribeOptions};
use serde_json::Value;
use tokio::sync::mpsc;

use crate::client::Client;
use crate::process::Process;

/// Connected, and hearing everything of its person.
pub struct Phone {
    pub mqtt: MqttClient,
    heard: mpsc::UnboundedReceiver<(String, Value)>,
}

impl Phone {
    pub async fn of(who: &Client, process: &Process) -> Self {
        let id = format!("{}:phone", who.id);
        let options = ConnectOptions::new(id.as_str()).with_credentials(who.id.clone(), who.token.clone().unwrap());
        let mqtt = MqttClient::new(id.as_str());
        mqtt.connect_with_options(&format!("mqtt://{}", process.mqtt), options.with_automatic_reconnect(false)).await.unwrap();
        let (sender, heard) = mpsc::unbounded_channel();
        let options = SubscribeOptions { qos: QoS::AtLeastOnce, ..SubscribeOptions::default() };
        let keep = move |message: mqtt5::types::Message| {
            let _ = sender.send((message.topic.to_string(), serde_json::from_slice(&message.payload).unwrap()));
        };
        mqtt.subscribe_with_options(format!("u/{}/#", who.id), options, keep).await.unwrap();
        Self { mqtt, heard }
    }

    /// The next message below this part of the topic, within a generous while.
    pub async fn next(&mut self, part: &str) -> Value {
        let find = async {
            loop {
                let (topic, message) = self.heard.recv().await.expect("the phone listens");
                if topic.split('/').nth(2) == Some(part) {
                    return message;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(30), find).await.unwrap_or_else(|_| panic!("nothing more on {part}"))
    }
}
