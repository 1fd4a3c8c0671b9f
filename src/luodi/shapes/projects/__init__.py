"""The shape of projects 项目: what is built with money, from an idea to full use. See README.md."""
